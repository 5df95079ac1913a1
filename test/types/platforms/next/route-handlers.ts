/** The part of the class of Next.js that it adds to `Request`. */
export interface NextRequest extends Request {
  readonly cookies: { get(name: string): { name: string; value: string } | undefined }
  readonly nextUrl: URL
}

/** https://nextjs.org/docs/app/api-reference/file-conventions/route */
type RouteHandler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string | string[]>> },
  // biome-ignore lint/suspicious/noConfusingVoidType: it is the type of Next.js
) => Promise<Response | void> | Response | void

/**
 * What Next.js requires of the exports of a route. `next` is too large to be installed for this, so this repeats the
 * requirement of the file `.next/types/validator.ts`, which Next.js 16 generates:
 * https://github.com/vercel/next.js/blob/01be500fbe91b5100526bccfed53a32e3de4140a/packages/next/src/server/lib/router-utils/typegen.ts
 */
export interface RouteHandlers {
  GET?: RouteHandler
  POST?: RouteHandler
}
