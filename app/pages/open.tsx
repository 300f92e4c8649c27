import { startApp } from '../start.tsx'

await startApp({ skeleton: <p />, page: () => <main /> })
