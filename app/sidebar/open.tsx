import { startApp } from '../start.tsx'
import { Sidebar } from './Sidebar.tsx'
import { Skeleton } from './Skeleton.tsx'

await startApp({ skeleton: <Skeleton />, page: () => <Sidebar />, withPages: false })
