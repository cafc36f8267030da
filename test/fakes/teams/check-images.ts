/** Pictures are at most 1 MB and 1024 by 1024 pixels. https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/what-are-cards#inline-card-images */
const most = { bytes: 1024 * 1024, side: 1024 }

const signatures = {
  'image/png': '89504e470d0a1a0a',
  'image/jpeg': 'ffd8ff',
  'image/gif': '47494638',
} as const

/** What is wrong with where a picture comes from, or undefined. */
export const imageProblem = (url: unknown): string | undefined => {
  if (typeof url !== 'string' || url === '') return 'has no address'
  return url.startsWith('data:') ? dataProblem(url) : addressProblem(url)
}

const dataProblem = (url: string) => {
  const parts = /^data:(image\/(?:png|jpeg|gif));base64,([A-Za-z0-9+/]+={0,2})$/.exec(url)
  if (!parts) return 'is a data address that is not base64 of a PNG, JPEG or GIF'
  const mime = parts[1] as keyof typeof signatures
  const bytes = Buffer.from(parts[2]!, 'base64')
  if (!bytes.toString('hex', 0, 8).startsWith(signatures[mime])) return `is not a picture of type ${mime}`
  if (bytes.length > most.bytes) return `has ${bytes.length} bytes, more than ${most.bytes}`
  if (mime !== 'image/png') return undefined
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  return width > most.side || height > most.side
    ? `is ${width} by ${height} pixels, more than ${most.side} by ${most.side}`
    : undefined
}

/** Clients and the image proxy of Teams fetch it, so it must be public and over https. */
const addressProblem = (url: string) => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed) return 'has an address that is none'
  if (parsed.protocol !== 'https:') return `comes over ${parsed.protocol} instead of https:`
  return isPublic(parsed.hostname) ? undefined : `is on ${parsed.hostname}, which only this network reaches`
}

const isPublic = (host: string) =>
  host.includes('.') &&
  !/\.(local|internal|localhost)$/.test(host) &&
  !/^(127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\./.test(host)
