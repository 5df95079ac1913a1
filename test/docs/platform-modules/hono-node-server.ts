/** `@hono/node-server`, as far as the generated server uses it. */
export declare function serve(
  options: { readonly fetch: (request: Request) => Response | Promise<Response>; readonly port: number },
  listening: () => void,
): void
