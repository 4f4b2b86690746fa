import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import envPaths from 'env-paths'

// Must be called before what is to be kept is imported. Stripping types and compiling is half of what importing `serve` takes (1.9 s of a core, 1.0 s
// with what was kept). A folder of the user's own, for code that anybody may write to would be run; where it can't be written, nothing is kept.
enableCompileCache(join(envPaths('clipwright', { suffix: '' }).cache, 'compiled'))
