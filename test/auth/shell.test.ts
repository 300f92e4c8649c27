import { expect, test } from 'vitest'
import { frameHeaders, refusalPage, scriptJson, shellPage } from '../../worker/auth/shell.ts'

const boot = {
  token: 'a.b.c',
  expiresAt: '2026-11-24T09:30:00.000Z',
  account: {
    id: 1,
    name: 'Tea </script><script>alert(1)</script> $& house',
    timeZone: 'UTC',
    currency: 'GBP',
  },
  user: { id: '42', role: 'agent' as const },
  location: 'sidebar' as const,
}

test('a shop cannot break out of the page by its name', () => {
  const page = shellPage('<head><!--rapport-session--></head>', boot) ?? ''
  expect(page).not.toContain('</script><script>')
  const inside =
    /^<head><script type="application\/json" id="rapport">(.*)<\/script><\/head>$/.exec(page)?.[1]
  expect(JSON.parse(inside ?? '')).toEqual(boot)
})

test('letters that mean something in HTML are escaped', () => {
  expect(scriptJson('<!--&\u2028>')).toBe(String.raw`"\u003c!--\u0026\u2028\u003e"`)
})

test('files of the page are named from the root', () => {
  const built =
    '<script src="./a.js"></script><link href="./a.css"><a href="./x">./</a><!--rapport-session-->'
  expect(shellPage(built, boot)).toContain(
    '<script src="/a.js"></script><link href="/a.css"><a href="/x">./</a>',
  )
})

test('a page without a place for the session is no shell', () => {
  expect(shellPage('<html></html>', boot)).toBeNull()
})

test('a refusal escapes what it shows', async () => {
  expect(await refusalPage('No', '<b>', 'r-1')).toContain('<p>&lt;b&gt;</p>')
})

const policy = (origins: string[]) => frameHeaders(origins)['Content-Security-Policy']

test('only the given origins may frame a page, and no inline script runs in it', () => {
  expect(policy(['https://a.zendesk.com', 'https://help.a.test'])).toBe(
    "default-src 'none'; script-src 'self' https://static.zdassets.com; style-src 'self'; " +
      "connect-src 'self'; img-src 'self' data:; " +
      "frame-ancestors https://a.zendesk.com https://help.a.test; base-uri 'none'; form-action 'none'",
  )
  expect(policy([])).toContain("frame-ancestors 'none'")
})
