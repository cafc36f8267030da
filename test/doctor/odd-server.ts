import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on 127.0.0.1 that answers every request in the same odd way. `asked` are the requests it got. */
export const startOddServer = async (answer: RequestListener) => {
  const asked: { url: string; authorization: string | undefined }[] = []
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization })
    answer(request, response)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>(done => server.close(() => done()))
  }
  return { url, asked, close }
}

/** An address where nobody listens any more. */
export const nobody = async (): Promise<string> => {
  const { url, close } = await startOddServer(() => {})
  await close()
  return url
}
