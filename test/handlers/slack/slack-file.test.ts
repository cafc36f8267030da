import { describe, expect, test } from 'vitest'
import { addressOf, filesOriginOf, isHalfKnown, nameOf } from '#handlers/slack/slack-file.ts'

describe('where files are fetched from', () => {
  test.each([
    ['https://slack.com/api/', 'https://files.slack.com'],
    ['https://www.slack.com/api/', 'https://files.slack.com'],
    ['https://slack-gov.com/api/', 'https://files.slack-gov.com'],
    ['http://127.0.0.1:3980/api/', 'http://127.0.0.1:3980'],
    ['https://notslack.com/api/', 'https://notslack.com'],
    ['http://slack.com/api/', 'http://slack.com'],
  ])('with the API at %s is %s', (api, files) => {
    expect(filesOriginOf(api)).toBe(files)
  })

  test.each([
    'https://files.slack.com.evil.example/x',
    'https://evil.example/files.slack.com',
    'https://files.slack.com@evil.example/x',
    'https://user@files.slack.com/x',
    'http://files.slack.com/x',
    'https://files.slack.com:8443/x',
    'https://slack.com/x',
    'javascript:alert(1)',
    '',
    undefined,
  ])('is never %s', url_private_download => {
    const file = { id: 'F1', name: 'a.csv', url_private_download }
    expect(() => addressOf(file, 'https://files.slack.com')).toThrow('a.csv could not be fetched from Slack.')
  })

  test('is the address that Slack gives on its own host', () => {
    const url = 'https://files.slack.com/files-pri/T1-F1/download/a.csv'
    expect(addressOf({ id: 'F1', name: 'a.csv', url_private_download: url }, 'https://files.slack.com').href).toBe(url)
  })
})

describe('a file', () => {
  test('of another organisation is looked up first, one that is kept elsewhere or gone is not', () => {
    expect(isHalfKnown({ id: 'F1', mode: 'file_access', file_access: 'check_file_info' })).toBe(true)
    expect(isHalfKnown({ id: 'F1', name: 'a.csv' })).toBe(true)
    expect(isHalfKnown({ id: 'F1', mode: 'external' })).toBe(false)
    expect(isHalfKnown({ id: 'F1', mode: 'tombstone' })).toBe(false)
    expect(isHalfKnown({ id: 'F1', mode: 'hosted', url_private_download: 'https://files.slack.com/x' })).toBe(false)
  })

  test('is called by its name, harmlessly and not for ever, else by its id', () => {
    expect(nameOf({ id: 'F1', name: 'a\u202Evsc.csv' })).toBe('avsc.csv')
    expect(nameOf({ id: 'F1', name: 'x'.repeat(500) })).toHaveLength(120)
    expect(nameOf({ id: 'F1', name: '' })).toBe('F1')
    expect(nameOf({ id: 'F1' })).toBe('F1')
  })

  test.each(['a.csv', 'a.CSV.gz', 'a.tsv', 'a.xlsx', 'a.xls', 'a.parquet', 'a.json', 'data', 'dump.txt', 'a.zip'])(
    '%s may be data, and is looked into',
    name => {
      const url_private_download = 'https://files.slack.com/x'
      expect(addressOf({ id: 'F1', name, url_private_download }, 'https://files.slack.com').href).toBe(
        url_private_download,
      )
    },
  )
})
