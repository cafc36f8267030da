import { WebAPIPlatformError } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { clientOf } from './bolt.ts'
import { type SlackOptions, startSlack } from './slack.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

const open = async (options: SlackOptions = {}) => {
  const slack = await startSlack(options)
  closing.push(slack.close)
  const client = clientOf(slack)
  const upload = async (filename = 'chart.png'): Promise<string> => {
    const { files } = (await client.filesUploadV2({ file: bytes, filename, title: 'Revenue' })) as unknown as {
      files: { files: { id: string }[] }[]
    }
    return files[0]?.files[0]?.id ?? ''
  }
  return { slack, client, upload }
}

const picture = (id: string) => ({ type: 'image', alt_text: 'Revenue by state', slack_file: { id } })
const errorsOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'ok',
    error => {
      if (!(error instanceof WebAPIPlatformError)) return error
      const data: { error: string; errors?: unknown } = error.data
      return data.errors ?? data.error
    },
  )

describe('files', () => {
  it('are uploaded by the SDK, told and fetched again with the token only', async () => {
    const { slack, client, upload } = await open()
    const id = await upload()
    const { file } = await client.files.info({ file: id })
    expect(file).toMatchObject({
      id,
      name: 'chart.png',
      title: 'Revenue',
      mimetype: 'image/png',
      filetype: 'png',
      size: 11,
    })
    const url = file?.url_private ?? ''
    const mine = await fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` } })
    expect(Buffer.from(await mine.arrayBuffer())).toEqual(bytes)
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302)
  })

  it('can be sent raw too', async () => {
    const { slack, client } = await open()
    const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({ filename: 'a.csv', length: 3 })
    expect(await (await fetch(upload_url, { method: 'POST', body: 'a,b' })).text()).toBe('OK - 3')
    await client.files.completeUploadExternal({
      files: [{ id: file_id }],
      channel_id: 'C0SALES',
      initial_comment: 'Here',
    })
    expect(slack.messages('C0SALES')).toMatchObject([{ text: 'Here', files: [file_id], via: 'share' }])
  })

  it('cannot be shown before they are processed', async () => {
    let now = Date.parse('2026-01-05T10:00:00Z')
    const { slack, client, upload } = await open({ fileReadyMs: 1500, now: () => now })
    const id = await upload()
    const blocks = [{ type: 'divider' }, picture(id)]
    const post = () => errorsOf(client.chat.postMessage({ channel: 'C0SALES', text: 'a', blocks }))
    now += 1499
    expect(await post()).toEqual(['invalid slack file [json-pointer:/blocks/1/slack_file]'])
    expect((await client.files.info({ file: id })).file).toMatchObject({ mimetype: '', filetype: '' })
    now += 1
    expect((await client.files.info({ file: id })).file).toMatchObject({ mimetype: 'image/png' })
    expect(await post()).toBe('ok')
    expect(slack.messages('C0SALES')).toHaveLength(1)
  })

  it('may never be processed', async () => {
    const { client, upload } = await open({ fileReadyMs: 'never' })
    const id = await upload()
    expect((await client.files.info({ file: id })).file).toMatchObject({ mimetype: '' })
    expect(await errorsOf(client.chat.postMessage({ channel: 'C0SALES', text: 'a', blocks: [picture(id)] }))).toEqual([
      'invalid slack file [json-pointer:/blocks/0/slack_file]',
    ])
  })

  it('are shown when they are pictures, of this workspace, and still there', async () => {
    const { slack, client, upload } = await open({ workspaces: [{ id: 'T1' }, { id: 'T2', token: 'xoxb-second' }] })
    const post = (id: string, by = client) =>
      errorsOf(by.chat.postMessage({ channel: 'C0SALES', text: 'a', blocks: [picture(id)] }))
    const refused = ['invalid slack file [json-pointer:/blocks/0/slack_file]']
    const id = await upload()
    expect(await post(id)).toBe('ok')
    expect(await post(id, clientOf(slack, 'xoxb-second'))).toEqual(refused)
    expect(await post(await upload('table.csv'))).toEqual(refused)
    await client.files.delete({ file: id })
    expect(await post(id)).toEqual(refused)
    expect(await errorsOf(client.files.info({ file: id }))).toBe('file_deleted')
  })

  it('can be kept out of messages to one person', async () => {
    const { slack, client, upload } = await open()
    const id = await upload()
    const post = () =>
      errorsOf(client.chat.postEphemeral({ channel: 'C0SALES', user: 'U0ASKER', text: 'a', blocks: [picture(id)] }))
    expect(await post()).toBe('ok')
    slack.set({ ephemeralFiles: 'refused' })
    expect(await post()).toEqual(['invalid slack file [json-pointer:/blocks/0/slack_file]'])
  })
})
