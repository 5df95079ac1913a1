import { fileURLToPath } from 'node:url'

const path = (name: string) => fileURLToPath(new URL(`./platform-modules/${name}.ts`, import.meta.url))

/** Modules that exist only on a platform, and the files that the snippets import instead: specifier to file. */
export const platformModules: Readonly<Record<string, string>> = {
  '@jest/globals': path('jest-globals'),
  'firebase-functions/https': path('firebase-https'),
  'firebase-functions/params': path('firebase-params'),
  undici: path('undici'),
}

/** The types of what a runtime has as globals, as far as the snippets use it. */
export const runtimeGlobals = `
declare const Bun: {
  serve(options: { port?: number; fetch(request: Request, server: object): Response | Promise<Response> }): { readonly port: number }
}
declare const Deno: {
  readonly env: { get(name: string): string | undefined }
  serve(options: { port?: number }, handler: (request: Request, info: object) => Response | Promise<Response>): object
}
`
