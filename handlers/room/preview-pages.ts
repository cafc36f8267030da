import type { Context } from 'hono'

/**
 * What a preview may do: nothing but show itself, in a frame of the room. Slack's page holds no script and has the room's origin, so that the
 * room can see how tall it is.
 */
export const slackPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-same-origin',
].join('; ')

/** A page with a policy of its own. */
export const framedPage = (c: Context, html: string, policy: string, status: 200 | 404 = 200): Response =>
  c.html(html, status, {
    'content-security-policy': policy,
    'x-frame-options': 'SAMEORIGIN',
    'cache-control': 'no-store',
  })

/** In place of a preview whose answer is no longer kept. */
export const gonePage = (c: Context): Response =>
  framedPage(
    c,
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">' +
      '<title>Not kept</title><main style="padding: 16px; font: 15px/1.5 system-ui, sans-serif">' +
      'This answer is no longer kept. Ask the question again to see it here.</main></html>',
    slackPolicy,
    404,
  )
