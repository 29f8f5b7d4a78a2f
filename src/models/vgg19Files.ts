import type { RemoteLayer } from './remoteModel';

/** The files of VGG-19's conv1_1 … conv5_1 in the repository that `catalogue.ts` pins, from its model.json and tree. */
export const vgg19Layers: readonly RemoteLayer[] = [
  {
    layer: 'conv1_1',
    channels: [3, 64],
    files: [
      { path: 'model/group1-shard1of1', size: 7168, gitBlobSha1: 'd5dc010d2591a1bba216ecaa7b17c3c4104ca570' },
    ],
  },
  {
    layer: 'conv1_2',
    channels: [64, 64],
    files: [
      {
        path: 'model/group2-shard1of1',
        size: 147712,
        gitBlobSha1: '5eb64d62899a8dcfc08fb9d623b8fd80bb4e8969',
      },
    ],
  },
  {
    layer: 'conv2_1',
    channels: [64, 128],
    files: [
      {
        path: 'model/group3-shard1of1',
        size: 295424,
        gitBlobSha1: 'debab6e087aefdec47aad792f404ee849013915a',
      },
    ],
  },
  {
    layer: 'conv2_2',
    channels: [128, 128],
    files: [
      {
        path: 'model/group4-shard1of1',
        size: 590336,
        gitBlobSha1: '37158f2e74e4f124b1af755dbbda1f1c7cf901c1',
      },
    ],
  },
  {
    layer: 'conv3_1',
    channels: [128, 256],
    files: [
      {
        path: 'model/group5-shard1of1',
        size: 1180672,
        gitBlobSha1: '2e7e61b9cd7f8d917cc5ab8a8f7d477f8f9ecf07',
      },
    ],
  },
  {
    layer: 'conv3_2',
    channels: [256, 256],
    files: [
      {
        path: 'model/group6-shard1of1',
        size: 2360320,
        gitBlobSha1: '48e6fcccb9ec37e0951ace2339aa23d330aa7225',
      },
    ],
  },
  {
    layer: 'conv3_3',
    channels: [256, 256],
    files: [
      {
        path: 'model/group7-shard1of1',
        size: 2360320,
        gitBlobSha1: 'f5d27f47b16cddda014d3a2a7c517c6ed7cf40b1',
      },
    ],
  },
  {
    layer: 'conv3_4',
    channels: [256, 256],
    files: [
      {
        path: 'model/group8-shard1of1',
        size: 2360320,
        gitBlobSha1: '47c01b2aee6c6f839de0abca1fed0d066a8d6883',
      },
    ],
  },
  {
    layer: 'conv4_1',
    channels: [256, 512],
    files: [
      {
        path: 'model/group9-shard1of2',
        size: 4194304,
        gitBlobSha1: 'e0aeae43d3d767ec27ed3fca726c5619c058097f',
      },
      {
        path: 'model/group9-shard2of2',
        size: 526336,
        gitBlobSha1: '19881d4d23862e2459008c642e5965bc14538cd6',
      },
    ],
  },
  {
    layer: 'conv4_2',
    channels: [512, 512],
    files: [
      {
        path: 'model/group10-shard1of3',
        size: 4194304,
        gitBlobSha1: '2ab453d66b452527219b6d38c1aa1f308f4dce80',
      },
      {
        path: 'model/group10-shard2of3',
        size: 4194304,
        gitBlobSha1: 'db5733fde7b719c484a83f60197fb3a9c584c96c',
      },
      {
        path: 'model/group10-shard3of3',
        size: 1050624,
        gitBlobSha1: '0fdc25721d83da5e6d551e1ad2dc0c0670eccee2',
      },
    ],
  },
  {
    layer: 'conv4_3',
    channels: [512, 512],
    files: [
      {
        path: 'model/group11-shard1of3',
        size: 4194304,
        gitBlobSha1: 'ba69c69ce7e082576f0b278fcfa8cac8ff0950cf',
      },
      {
        path: 'model/group11-shard2of3',
        size: 4194304,
        gitBlobSha1: '5da164af31754a7095ffaf0527f7d95e83a95b6e',
      },
      {
        path: 'model/group11-shard3of3',
        size: 1050624,
        gitBlobSha1: '2fae61b1a8b300cbde5ba367bc4cebf427b46db0',
      },
    ],
  },
  {
    layer: 'conv4_4',
    channels: [512, 512],
    files: [
      {
        path: 'model/group12-shard1of3',
        size: 4194304,
        gitBlobSha1: '978df76136fcc60c857888499062e3f84e8f80c3',
      },
      {
        path: 'model/group12-shard2of3',
        size: 4194304,
        gitBlobSha1: 'd9aaebd177091da37d02aadf1b67360a90e9aa3f',
      },
      {
        path: 'model/group12-shard3of3',
        size: 1050624,
        gitBlobSha1: '9e285a2c37f0e9363135f4853599e66b4c75287b',
      },
    ],
  },
  {
    layer: 'conv5_1',
    channels: [512, 512],
    files: [
      {
        path: 'model/group13-shard1of3',
        size: 4194304,
        gitBlobSha1: '24aa6625c012605b96bfe5473530eca7ba33bdcb',
      },
      {
        path: 'model/group13-shard2of3',
        size: 4194304,
        gitBlobSha1: '630983138456a18e4395aa405f018e981bfb6f77',
      },
      {
        path: 'model/group13-shard3of3',
        size: 1050624,
        gitBlobSha1: '11b5f2062760174dd792d78f67407d634d756283',
      },
    ],
  },
];
