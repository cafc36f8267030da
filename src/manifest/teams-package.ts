import { strToU8, zipSync } from 'fflate'

/**
 * An app package for Teams: the manifest and its two icons at the root of a zip. The same parts give the same bytes.
 * https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package
 */
export const teamsPackage = ({
  manifest,
  color,
  outline,
}: {
  manifest: string
  color: Uint8Array
  outline: Uint8Array
}): Uint8Array =>
  zipSync({ 'manifest.json': strToU8(manifest), 'color.png': color, 'outline.png': outline }, { level: 9, mtime })

/** A zip holds local time, so this is the same in every zone. */
const mtime = new Date(2026, 0, 1)
