import { startApp } from '../start.tsx'
import { Shell, ShellSkeleton } from './Shell.tsx'

await startApp({ skeleton: <ShellSkeleton />, page: () => <Shell />, withPages: true })
