/**
 * JSON Schema of the parts of a Slack manifest that this app uses; anything else is a mistake. Written from the limits in
 * https://docs.slack.dev/reference/app-manifest, stricter where Slack's own page says more than its editor checks.
 */
export const slackSchema = () =>
  object({
    _metadata: object({ major_version: { const: 2 }, minor_version: { type: 'integer' } }),
    display_information: object({
      name: text(35),
      description: text(140),
      long_description: { ...text(4000), minLength: 175 },
      background_color: { type: 'string', pattern: '^#[0-9a-fA-F]{6}$' },
    }),
    features: object({
      app_home: object({
        home_tab_enabled: flag,
        messages_tab_enabled: flag,
        messages_tab_read_only_enabled: flag,
      }),
      bot_user: object({ display_name: text(80), always_online: flag }),
      agent_view: object({
        agent_description: text(300),
        suggested_prompts: list(object({ title: text(75), message: text(300) }), 4),
      }),
      shortcuts: list(
        object({
          name: text(24),
          type: { enum: ['global', 'message'] },
          callback_id: text(255),
          description: text(150),
        }),
        10,
      ),
      slash_commands: list(
        object(
          {
            command: { type: 'string', pattern: '^/[a-z][a-z0-9_-]{0,30}$' },
            description: text(2000),
            usage_hint: text(1000),
            should_escape: flag,
          },
          { url: address },
        ),
        50,
      ),
    }),
    oauth_config: object(
      { scopes: object({ bot: names }, { bot_optional: names }) },
      { redirect_urls: list(address, 1000) },
    ),
    settings: object({
      event_subscriptions: object({ bot_events: names }, { request_url: address }),
      interactivity: object({ is_enabled: flag }, { request_url: address, message_menu_options_url: address }),
      org_deploy_enabled: flag,
      socket_mode_enabled: flag,
      token_rotation_enabled: flag,
    }),
  })

type Schema = Record<string, unknown>

const object = (required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
})
const text = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength })
const list = (items: Schema, maxItems: number): Schema => ({
  type: 'array',
  minItems: 1,
  maxItems,
  uniqueItems: true,
  items,
})

const flag: Schema = { type: 'boolean' }
const address: Schema = { type: 'string', pattern: '^https://[^\\s]+$', maxLength: 2500 }
const names = list(text(50), 100)
