/** `fetch` that ends a reply which is longer than it may be. */
export const capped =
  (mostBytes: number): typeof fetch =>
  async (input, init) => {
    const reply = await fetch(input, init)
    if (!reply.body) return reply
    let bytes = 0
    const counted = reply.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          bytes += chunk.byteLength
          if (bytes > mostBytes) controller.error(new RangeError('The reply has no end.'))
          else controller.enqueue(chunk)
        },
      }),
    )
    return new Response(counted, { status: reply.status, statusText: reply.statusText, headers: reply.headers })
  }
