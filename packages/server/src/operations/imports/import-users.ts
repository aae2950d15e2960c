import { createUserStage, findUserConflicts, type Handle, insertAudit, lockTenant, stageUsers, type UserConflict, unstageUsers, writeStagedUsers } from '@allot/store';
import { findUserColumns, type ImportedUser, readUsers, type UserProperty } from '../../imports/index.ts';
import type { Context } from '../context.ts';
import { importEntry, type ImportOptions, type ImportResult, type Note, type Problem } from './import-result.ts';
import { Problems } from './problems.ts';
import { runImport } from './run-import.ts';
import { StageBatches } from './stage-batches.ts';

