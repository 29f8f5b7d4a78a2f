// A process that downloads what its arguments say; `kill.test.ts` ends it in the middle.
import type { RemoteModel } from '../../../../src/models/remoteModel';
import { download } from '../../../../src/models/download/download';

const [model, mirror, modelsFolder] = process.argv.slice(2);

void download(JSON.parse(model!) as RemoteModel, {
  modelsFolder: modelsFolder!,
  mirror: mirror!,
  consent: true,
}).then(file => process.stdout.write(`installed ${file}\n`));
