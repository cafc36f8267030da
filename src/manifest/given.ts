import { ChartroomError } from '#src/vocabulary/errors.ts'

/** An address whose paths are ours, without a slash at the end: Slack and Teams call nothing but https. `name` is where the text came from. */
export const address = (name: string, text: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  const url = httpsUrl(name, text)
  if (url.pathname !== '/' || url.search || url.hash || url.username)
    throw usageError(`${name} must be an address without a path, such as ${url.origin}, not ${quoted(text)}.`)
  if (/^(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\])$/.test(url.hostname))
    throw usageError(`${name} must be an address that can be reached from outside, not ${quoted(text)}.`)
  return url.origin
}

/** A page for people, as an address that starts with https. */
export const page = (name: string, text: string | undefined) =>
  text === undefined ? undefined : httpsUrl(name, text).href

/** An id of Entra, in small letters. */
export const guid = (name: string, text: string | undefined) => {
  if (text === undefined || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text?.toLowerCase()
  throw usageError(`${name} must be an id such as 00000000-0000-0000-0000-000000000000, not ${quoted(text)}.`)
}

/** Teams shows 32 characters of a developer's name. */
export const companyName = (text: string) => {
  if (text.length <= 32) return text
  throw usageError(`--company may have 32 characters at most; ${quoted(text)} has ${text.length}.`)
}

/** Three numbers, as Teams compares them. */
export const versionNumber = (text: string) => {
  if (/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(text)) return text
  throw usageError(`--version must be three numbers such as 1.2.0, not ${quoted(text)}.`)
}

/** A sentence about what is wrong on the command line. */
export const usageError = (problem: string) => ChartroomError.of('command/usage', { problem })

/** A text as it was given, so that spaces and line ends in it are seen. */
export const quoted = (text: string) => JSON.stringify(text)

const httpsUrl = (name: string, text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:')
    throw usageError(`${name} must start with https://, such as https://bot.example.com, not ${quoted(text)}.`)
  return url
}
