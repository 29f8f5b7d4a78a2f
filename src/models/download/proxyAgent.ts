import { EnvHttpProxyAgent, Pool, interceptors, type Dispatcher } from 'undici';

/**
 * Reaches hosts through the user's proxy.
 * @param proxy its URL; by default what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say
 */
export function proxyAgent(proxy?: string): Dispatcher {
  return new EnvHttpProxyAgent({
    ...(proxy ? { httpProxy: proxy, httpsProxy: proxy } : {}),
    // Proxies commonly refuse a tunnel to anything but HTTPS; plain HTTP is asked of the proxy itself.
    proxyTunnel: false,
    clientFactory: proxyPool,
  });
}

/** The agent, going where hosts redirect it, a few times. */
export function redirecting(agent: Dispatcher): Dispatcher {
  return agent.compose(interceptors.redirect({ maxRedirections: 5 }));
}

/** Connections to the proxy itself. A tunnel that it closes at once would be asked for again and again, without end. */
function proxyPool(url: URL, settings: object): Dispatcher {
  const pool = new Pool(url, settings);
  const tunnel = pool.connect.bind(pool) as (options: unknown) => Promise<unknown>;
  const connect = (options: unknown) =>
    tunnel(options).catch((cause: NodeJS.ErrnoException) => {
      throw new Error(`the proxy fails (${cause.message || cause.code})`, { cause });
    });
  return Object.assign(pool, { connect });
}
