import type { Json } from './outgoing.ts'

/** How a picture comes with a card: inside it, by its address, or as an attachment beside it. */
export type Picture = { url: string } | { beside: Json }

/**
 * A picture this small may be counted as text (base64 in UTF-16, 64 KB) and the message is still below the 100 KB that Teams takes; it is
 * documented as not counted: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
const mostInside = 24 * 1024

/**
 * The ways to bring a picture, the most private first: what is inside the message is seen, kept and deleted with it, an address can be passed
 * on by whoever sees it.
 */
export const pictureWays = (png: Uint8Array, pictureUrl?: (png: Uint8Array) => string): (() => Picture)[] => {
  const inside = insidePicture(png)
  return [
    ...(inside ? [() => inside] : []),
    () => ({ beside: { contentType: 'image/png', contentUrl: dataUri(png), name: 'chart.png' } }),
    ...(pictureUrl ? [() => ({ url: pictureUrl(png) })] : []),
  ]
}

/** A picture that is small enough to stand in the card itself. */
export const insidePicture = (png: Uint8Array | undefined): { url: string } | undefined =>
  png && png.byteLength <= mostInside ? { url: dataUri(png) } : undefined

const dataUri = (png: Uint8Array) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`
