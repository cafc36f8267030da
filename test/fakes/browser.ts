import { existsSync } from 'node:fs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** The Chromium that is installed here. Without one, says why the tests of the page are left out. */
export const findChromium = (): string | undefined => {
  const found = places.find(place => existsSync(place))
  if (!found) console.warn(`left out: no Chromium at ${places.join(', ')}`)
  return found
}
