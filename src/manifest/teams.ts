/** What differs from one company's Teams app to another's. Addresses start with https, ids are GUIDs. */
export type TeamsValues = {
  /** Of the bot: what it signs in with. */
  clientId: string
  /** Of the Teams app; the client id, unless the app was made by a tool that gave it one of its own. */
  appId: string
  /** Where the bot is reached, without a slash at the end. */
  url: string
  company: string
  website: string
  privacy: string
  terms: string
  /** "1.2.0"; Teams takes an update only under a higher one. */
  version: string
}

/**
 * The text of the `manifest.json` of a Teams app package: `manifest/teams/manifest.json` with its `${…}` places filled.
 * Schema 1.29 is the first with `supportsTargetedMessages` and slash triggers
 * (https://learn.microsoft.com/microsoft-365/extensibility/schema/root-bots-command-lists).
 */
export const teamsManifest = (template: string, values: TeamsValues): string => {
  const texts = textsOf(values)
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      if (texts[name] === undefined)
        throw new Error(`manifest/teams/manifest.json asks for ${name}, which nobody gives`)
      return texts[name]
    })
  const filled: unknown = JSON.parse(template, (_, value: unknown) => (typeof value === 'string' ? fill(value) : value))
  return `${JSON.stringify(filled, null, 2)}\n`
}

const textsOf = (values: TeamsValues): Record<string, string | undefined> => ({
  APP_ID: values.appId,
  CLIENT_ID: values.clientId,
  COMPANY: values.company,
  DOMAIN: new URL(values.url).hostname,
  PRIVACY_URL: values.privacy,
  TERMS_URL: values.terms,
  VERSION: values.version,
  WEBSITE_URL: values.website,
})
