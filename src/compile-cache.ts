import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'

/**
 * The setting that has a child process load its code as this one does: from what Node kept compiled, where that is switched on
 * (`NODE_COMPILE_CACHE`), else nothing. It halves the start of a child. https://nodejs.org/api/module.html#module-compile-cache
 */
export const compileCache = (): { NODE_COMPILE_CACHE?: string } => {
  // Node adds a folder of its own for its version and user.
  const folder = getCompileCacheDir()
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) }
}
