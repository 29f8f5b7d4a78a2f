const PROXY = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'] as const;
const NO_PROXY = ['NO_PROXY', 'no_proxy'] as const;

const inherited = new Map([...PROXY, ...NO_PROXY].map(name => [name, process.env[name]] as const));

/**
 * Has downloads go through a proxy: ours read the environment, and so do the programs that we start. Without one, what
 * the environment had at first counts again.
 * @param proxy its URL; empty for none, whatever the environment has
 * @param without hosts that are reached without one, with what lies below them, beside those of the environment
 */
export function useProxy(proxy: string | undefined, without: readonly string[] = []): void {
  for (const name of PROXY) set(name, proxy ?? inherited.get(name));
  const own = inherited.get('no_proxy') ?? inherited.get('NO_PROXY');
  const hosts = [...(own === undefined ? [] : [own]), ...without.flatMap(withSubdomains)];
  for (const name of NO_PROXY) set(name, without.length === 0 ? inherited.get(name) : hosts.join(','));
}

/** As VS Code has it; in the environment's list a bare name is that one host. */
function withSubdomains(host: string): readonly string[] {
  const name = host.trim();
  return name === '' || /^[.*]/.test(name) ? [name] : [name, `.${name}`];
}

function set(name: string, value: string | undefined): void {
  if (value === undefined || value === '') Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}
