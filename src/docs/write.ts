import { writeFile } from 'node:fs/promises'
import { exampleEnv } from '#src/config.ts'
import { makeDocument } from '#src/semantic/document.ts'
import { errorsPage } from './errors-page.ts'
import { settingsPage } from './settings-page.ts'

/** Writes every page that is made from code or models, below the working directory. Run by `npm run docs`. */
const pages: Record<string, () => string | Promise<string>> = {
  '.env.example': exampleEnv,
  'docs/errors.md': errorsPage,
  'docs/settings.md': settingsPage,
  'docs/data/ecommerce.md': () => makeDocument('ecommerce'),
  'docs/data/support.md': () => makeDocument('support'),
}

for (const [path, make] of Object.entries(pages)) await writeFile(path, await make())
