import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const folder = dirname(createRequire(import.meta.url).resolve('zendesk_app_framework_sdk'))

/** npm's SDK as one script that defines `ZAFClient`: its CommonJS files behind a five-line `require`. */
export function sdkScript(): string {
  const files = ['index', 'client', 'utils'].map((name) => {
    const text = readFileSync(join(folder, `${name}.js`), 'utf8')
    return `files['./${name}'] = function (module, require) {${text}\n}`
  })
  return `(function () {
    var files = {}, made = {}
    function require(name) {
      if (!made[name]) { made[name] = { exports: {} }; files[name](made[name], require) }
      return made[name].exports
    }
    ${files.join('\n')}
    window.ZAFClient = require('./index')
  })()`
}

/** A bare app: loads the SDK and keeps what happens where a test can read it. */
export const barePage = `<!doctype html><html lang="en"><title>Bare app</title><body>
<script src="/v1/sdk.js"></script>
<script>
  window.seen = []
  window.client = ZAFClient.init(function (data) { seen.push(['registered', data.context.location]) })
  for (const name of ['app.activated', 'app.deactivated', 'colorScheme.changed', 'pane.activated',
    'pane.deactivated', 'ticket.requester.id.changed', 'ticket.status.changed', 'ticket.conversation.changed',
    'ticket.updated', 'ticket.submit.done', 'comment.text.changed', 'modal.close', 'app.route.changed', 'hello']) {
    client.on(name, function (data) { seen.push([name, data === undefined ? null : data]) })
  }
  client.on('ticket.save', function () { return window.veto ? Promise.reject(window.veto) : true })
</script></body></html>`
