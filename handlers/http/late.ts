import { Hono } from 'hono'

/** An app that is made when one of its addresses is first asked for: what it needs is not opened before. */
export const late = <B extends object>(
  paths: readonly string[],
  make: () => Promise<Hono<{ Bindings: B }>>,
): Hono<{ Bindings: B }> => {
  let made: Promise<Hono<{ Bindings: B }>> | undefined
  const app = new Hono<{ Bindings: B }>()
  for (const path of paths)
    app.all(path, async c => {
      made ??= make()
      made.catch(() => {
        made = undefined
      })
      return (await made).fetch(c.req.raw, c.env)
    })
  return app
}
