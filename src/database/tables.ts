import type { AccountTables } from './account-tables.ts'
import type { ClipTables } from './clip-tables.ts'
import type { JournalTables } from './journal-tables.ts'
import type { LearningTables } from './learning-tables.ts'
import type { LibrarySettingsTable } from './library-settings-table.ts'
import type { MetricsTables } from './metrics-tables.ts'
import type { MomentTables } from './moment-tables.ts'
import type { RecordingTables } from './recording-tables.ts'
import type { RunTables } from './run-tables.ts'
import type { TranscriptTables } from './transcript-tables.ts'
import type { UploadTables } from './upload-tables.ts'
import type { WorkerTables } from './worker-tables.ts'

/** Every table as the code sees it; `migrations/` is what makes them. Times are seconds unless the name says otherwise. */
export interface Tables
  extends RecordingTables,
    TranscriptTables,
    MomentTables,
    ClipTables,
    RunTables,
    WorkerTables,
    LearningTables,
    JournalTables,
    AccountTables,
    UploadTables,
    MetricsTables {
  library_settings: LibrarySettingsTable
}
