import { readHead } from './encoding.ts'

/** Why a file in the container of old Office programs is not read; undefined when it is none. Goes on "it is …". */
export const oldOffice = (path: string): string | undefined => {
  const head = readHead(path, 1 << 20)
  if (head.subarray(0, 4).toString('hex') !== 'd0cf11e0') return undefined
  // New workbooks with a password lie in such a container too, under this name (MS-OFFCRYPTO, 2.3.4.4).
  return head.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? 'locked with a password; save it without one'
    : 'an old Excel file (.xls); open it in Excel or LibreOffice and save it as .xlsx or CSV'
}
