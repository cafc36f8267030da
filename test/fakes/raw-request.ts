import { request } from 'node:http'

export type Reply = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

type Raw = { port: number; path?: string; method?: string; headers?: Record<string, string>; body?: string | Buffer }

/** A request with exactly these headers: `fetch` does not let one choose Host, Origin or Sec-Fetch-Site. */
export const rawRequest = ({ port, path = '/', method = 'GET', headers = {}, body }: Raw): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
