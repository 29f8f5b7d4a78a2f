import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const names = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'];
const environment = () => names.map(name => process.env[name]);

beforeEach(() => {
  vi.resetModules();
  for (const name of names) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

it('a proxy of the settings comes before that of the environment, which counts again afterwards', async () => {
  vi.stubEnv('https_proxy', 'http://of.the.environment:1');
  const { useProxy } = await import('../../../../src/engine/process/proxy');
  useProxy('http://of.the.settings:2');
  expect(environment()).toEqual(names.map(() => 'http://of.the.settings:2'));
  useProxy(undefined);
  expect(environment()).toEqual([undefined, undefined, 'http://of.the.environment:1', undefined]);
});

it('no proxy at all, where the settings say so, is not even that of the environment', async () => {
  vi.stubEnv('https_proxy', 'http://of.the.environment:1');
  const { useProxy } = await import('../../../../src/engine/process/proxy');
  useProxy('');
  expect(environment()).toEqual(names.map(() => undefined));
  useProxy(undefined);
  expect(environment()).toEqual([undefined, undefined, 'http://of.the.environment:1', undefined]);
});

it('hosts that the settings except are excepted, with those of the environment, and with what lies below them', async () => {
  vi.stubEnv('NO_PROXY', 'of.the.environment');
  vi.stubEnv('no_proxy', undefined);
  const { useProxy } = await import('../../../../src/engine/process/proxy');
  const lists = () => [process.env.NO_PROXY, process.env.no_proxy];
  useProxy('http://of.the.settings:2', ['mirror.example', '*.corp', '.inner', 'host:8080']);
  const all = 'of.the.environment,mirror.example,.mirror.example,*.corp,.inner,host:8080,.host:8080';
  expect(lists()).toEqual([all, all]);
  useProxy('http://of.the.settings:2');
  expect(lists()).toEqual(['of.the.environment', undefined]);
});
