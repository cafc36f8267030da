/** Services beside those of Microsoft: a stand-in's, or anything on this machine for the playground. Neither is there in production. */
export type Places = { fakeUrl?: string; playground: boolean }

/** Where the connectors of Teams are, for the public cloud and those of the US government (https://learn.microsoft.com/microsoftteams/platform/concepts/app-fundamentals-for-government-cloud). */
const hosts = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]

/** Whether the bot may write there with its token. */
export const isServiceUrl = (text: string, { fakeUrl, playground }: Places): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.username || url.password || url.search || url.hash) return false
  if (fakeUrl !== undefined && url.origin === new URL(fakeUrl).origin) return true
  if (playground) return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return url.protocol === 'https:' && url.port === '' && hosts.includes(url.hostname)
}
