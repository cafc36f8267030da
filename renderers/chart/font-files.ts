import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** One file per weight: a variable font costs a megabyte for every size and weight it is drawn in. Package, file, family. */
export const alwaysLoaded = [
  ['inter-ui', 'web/Inter-Regular.woff2', 'Inter'],
  ['inter-ui', 'web/Inter-Medium.woff2', 'Inter'],
  ['inter-ui', 'web/Inter-SemiBold.woff2', 'Inter'],
  ['inter-ui', 'web/Inter-Bold.woff2', 'Inter'],
  ['@expo-google-fonts/noto-sans-arabic', '500Medium/NotoSansArabic_500Medium.ttf', 'Noto Sans Arabic'],
  ['@expo-google-fonts/noto-sans-arabic', '700Bold/NotoSansArabic_700Bold.ttf', 'Noto Sans Arabic'],
  ['@expo-google-fonts/noto-sans-hebrew', '500Medium/NotoSansHebrew_500Medium.ttf', 'Noto Sans Hebrew'],
  ['@expo-google-fonts/noto-sans-hebrew', '700Bold/NotoSansHebrew_700Bold.ttf', 'Noto Sans Hebrew'],
  ['twemoji-colr-font', 'twemoji.woff2', 'Twemoji'],
] as const

/** Where the fonts of charts lie, by a name for people. Files come from npm packages; the machine's own fonts are never relied on. */
export const fontFiles = (): Record<string, string> =>
  Object.fromEntries(
    alwaysLoaded.map(([name, file]) => [file.replace(/^.*\/|\.[^.]+$/g, ''), join(folderOf(name), file)]),
  )

/** The folder of an installed package. */
export const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`))
