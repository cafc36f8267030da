import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { onlyGet } from './problem.ts'

/** The files of the page, by the names they are served under; no other name leads anywhere. */
const files = {
  '': ['./docs-page/index.html', 'text/html; charset=utf-8'],
  'start.js': ['./docs-page/start.js', 'text/javascript; charset=utf-8'],
  'swagger-ui.css': ['swagger-ui-dist/swagger-ui.css', 'text/css; charset=utf-8'],
  'swagger-ui-bundle.js': ['swagger-ui-dist/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  'favicon-32x32.png': ['swagger-ui-dist/favicon-32x32.png', 'image/png'],
} as const
type FileName = keyof typeof files

/**
 * What Swagger UI needs beyond the policy of the listener: pictures that its style sheet holds in itself, and markup that it writes into the page,
 * which it cleans with DOMPurify first. It still loads and reaches nothing but this listener.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page of the API at `/docs`: Swagger UI from its npm package, over `/openapi.json`. */
export const createDocs = (): Hono<{ Bindings: HttpBindings }> => {
  const kept = new Map<FileName, Promise<File>>()
  const serve = async (c: Context, name: string): Promise<Response> => {
    if (!Object.hasOwn(files, name)) return c.notFound()
    const known = name as FileName
    const reading = kept.get(known) ?? read(known)
    kept.set(known, reading)
    const { body, type, etag } = await reading
    const headers = { 'content-type': type, etag, 'cache-control': 'no-cache', 'content-security-policy': policy }
    return c.req.header('if-none-match') === etag ? c.body(null, 304, headers) : c.body(body, 200, headers)
  }
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get('/docs', c => serve(c, ''))
  app.get('/docs/', c => c.redirect('/docs'))
  app.get('/docs/:name', c => serve(c, c.req.param('name')))
  app.all('/docs', c => onlyGet(c))
  app.all('/docs/:name', c => onlyGet(c))
  return app
}

type File = { body: Uint8Array<ArrayBuffer>; type: string; etag: string }

const read = async (name: FileName): Promise<File> => {
  const [path, type] = files[name]
  const url = path.startsWith('.') ? new URL(path, import.meta.url) : new URL(import.meta.resolve(path))
  const body = new Uint8Array(await readFile(fileURLToPath(url)))
  return { body, type, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}
