import type { ServerResponse } from 'node:http'
import type { Reply } from './door.ts'
import { isReady, mediaTypeOf } from './stored-file.ts'
import type { World } from './world.ts'

/** Takes the bytes of a file, as a form (what the SDK sends) or raw (https://docs.slack.dev/messaging/working-with-files). */
export const receiveUpload = async (
  world: World,
  { id, contentType, body }: { id: string; contentType: string; body: Buffer },
): Promise<Reply> => {
  const file = world.files.get(id)
  if (file?.state !== 'waiting') return { outcome: 'file_not_found', status: 404, body: 'file_not_found' }
  const bytes = contentType.startsWith('multipart/form-data') ? await firstFile(contentType, body) : body
  if (bytes === undefined || bytes.length === 0) return { outcome: 'no_file', status: 400, body: 'no file' }
  file.bytes = bytes
  file.state = 'uploaded'
  return { outcome: 'ok', status: 200, body: `OK - ${bytes.length}` }
}

/** Gives the bytes of a file to whoever has a token of its workspace that may read files; anybody else is sent to the sign-in page. */
export const sendFile = (
  world: World,
  { id, token }: { id: string; token: string | undefined },
  response: ServerResponse,
) => {
  const file = world.files.get(id)
  const team = world.teams.get(file?.team ?? '')
  const mayRead = team?.tokens.some(
    grant => grant.token === token && grant.state === 'active' && grant.scopes.includes('files:read'),
  )
  if (!mayRead) return end(response, 302, '', { location: '/signin' })
  if (file?.serve) return file.serve(response)
  if (file?.bytes === undefined || !isReady(world, file)) return end(response, 404, 'file_not_found')
  response.writeHead(200, { 'content-type': mediaTypeOf(file), 'content-length': file.bytes.length })
  return response.end(file.bytes)
}

const firstFile = async (contentType: string, body: Buffer): Promise<Buffer | undefined> => {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData()
  const blob = [...form.values()].find(value => typeof value !== 'string')
  return blob && Buffer.from(await blob.arrayBuffer())
}

const end = (response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'text/plain', ...headers })
  response.end(text)
}
