const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy'] as const;

const inherited = VARIABLES.map(name => [name, process.env[name]] as const);

/**
 * Has downloads go through a proxy: ours read the environment, and so do the programs that we start. Without one, what
 * the environment had at first counts again.
 * @param proxy its URL; empty for none, whatever the environment has
 */
export function useProxy(proxy: string | undefined): void {
  for (const [name, value] of inherited) {
    const wanted = proxy ?? value;
    if (wanted === undefined || wanted === '') Reflect.deleteProperty(process.env, name);
    else process.env[name] = wanted;
  }
}
