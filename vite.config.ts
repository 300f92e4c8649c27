import { join } from 'node:path'
import { preact } from '@preact/preset-vite'
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite'
import { layOutTexts } from './translations/layout.ts'
import { messages } from './translations/plugin.ts'

const root = import.meta.dirname
const dist = process.env['RAPPORT_DIST'] ?? join(root, 'dist')
/** `npm` bundles the SDK, for runs without a network; otherwise pages load Zendesk's own script. */
const bundlesSdk = process.env['RAPPORT_SDK'] === 'npm'
const hostedSdk = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js'

/** Gives the page its SDK, and holds the first paint until the colour scheme is known. */
function helpDeskSdk(): Plugin {
  const id = 'virtual:zaf-sdk'
  const tags: HtmlTagDescriptor[] = bundlesSdk
    ? []
    : [{ tag: 'script', attrs: { src: hostedSdk }, injectTo: 'head' }]
  return {
    name: 'rapport:sdk',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) =>
      source !== `\0${id}`
        ? null
        : bundlesSdk
          ? `import sdk from 'zendesk_app_framework_sdk'\nglobalThis.ZAFClient = sdk`
          : 'export {}',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => ({
        html: html.replace('<script type="module"', '<script type="module" blocking="render"'),
        tags,
      }),
    },
  }
}

/** Lays the package beside the built assets: manifest (with the Worker's address), requirements, translations. */
function appPackage(): Plugin {
  return {
    name: 'rapport:package',
    apply: 'build',
    closeBundle() {
      const url = process.env['RAPPORT_URL']
      layOutTexts(root, dist, url ? { url } : {})
    },
  }
}

export default defineConfig({
  root: join(root, 'app'),
  base: './',
  publicDir: join(root, 'assets'),
  plugins: [preact(), messages({ pseudo: bundlesSdk }), helpDeskSdk(), appPackage()],
  build: {
    outDir: join(dist, 'assets'),
    emptyOutDir: true,
    assetsDir: '',
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [join(root, 'app/sidebar.html'), join(root, 'app/nav_bar.html')],
    },
  },
})
