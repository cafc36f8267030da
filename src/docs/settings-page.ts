import { describeSettings } from '#src/config.ts'
import { madeFrom } from './errors-page.ts'

/** `docs/settings.md`: every setting with its default and meaning. */
export const settingsPage = (): string =>
  [
    '# Settings',
    madeFrom('src/config.ts'),
    'Settings are read from the environment and from a file `.env` in the folder where Chartroom is started; the environment wins. Nothing has to be set.\n' +
      '`.env.example` lists them all with their defaults. They are checked at the start: all mistakes are told at once, and `npx chartroom doctor` looks at what they lead to.',
    ['| Setting | Default | Meaning |', '|---|---|---|', ...describeSettings().map(row)].join('\n'),
  ].join('\n\n') + '\n'

const row = ({ name, value, about, secret }: ReturnType<typeof describeSettings>[number]): string =>
  `| \`${name}\` | ${value ? `\`${value}\`` : ''} | ${about.replaceAll('|', '\\|')}${secret ? ' (secret: never printed)' : ''} |`
