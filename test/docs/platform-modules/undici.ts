import http from 'node:http'

/** The dispatcher of the undici inside Node.js, which sends every request through a proxy. */
interface Dispatcher {
  close(): Promise<void>
}

/** Has what undici's `ProxyAgent` does, made from the undici inside Node.js: the package is not installed here. */
export class ProxyAgent implements Dispatcher {
  readonly close!: () => Promise<void>

  constructor(url: string) {
    const restore = http.setGlobalProxyFromEnv({ http_proxy: url, https_proxy: url })
    const dispatcher = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1')) as this
    restore()
    // biome-ignore lint/correctness/noConstructorReturn: undici accepts only an object of its own class.
    return dispatcher
  }
}
