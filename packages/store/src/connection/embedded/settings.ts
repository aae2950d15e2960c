import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';

/**
 * The content of postgresql.conf: the whole file, written anew at every start. What an administrator wants otherwise
 * goes into `local.conf` beside it, which wins.
 */
export async function postgresSettings(socketDirectory: string): Promise<string> {
  const cacheMb = Math.max(256, Math.floor(totalmem() / 2 / 1024 / 1024));
  return `# Written by Allot at every start. Put your own settings into local.conf in this directory: they win.

# Reached through the socket only. Whoever can reach that may do everything, so it lies in a directory of mode 0700.
listen_addresses = ''
unix_socket_directories = '${socketDirectory}'
unix_socket_permissions = 0700
cluster_name = 'allot'

# A server and some workers, each with a pool of ten or twenty.
max_connections = 100

# For a machine of 2 cores and 2 GB and up. The pages we need again and again (cohorts, bundles, the catalogue) fit
# into 256 MB by far; the rest is the operating system's cache.
shared_buffers = 256MB
effective_cache_size = ${cacheMb}MB
# Sorting the ids of a million users takes 57 MB: in memory with this, on disk with the default 4 MB.
work_mem = 64MB
maintenance_work_mem = 256MB

# Importing a million users writes 0.8 GB of log for the users alone; with the default 1 GB that, and every other
# change of many rows, waits for checkpoints.
max_wal_size = 4GB
min_wal_size = 256MB
checkpoint_timeout = 15min
# Changing every tenth of a million users just after a checkpoint: 212 MB of log instead of 513. This build has pglz only.
wal_compression = on
# What we acknowledged is on disk. Never to be switched off.
fsync = on
synchronous_commit = on
full_page_writes = on

# Compiling a statement takes longer than running it, except for statements we do not have; the build has no LLVM anyway.
jit = off
# Solid-state disks: a random page costs hardly more than the next one.
random_page_cost = 1.1
# Containers give /dev/shm 64 MB as a rule, too little for parallel hash joins; files are slower, but always work.
dynamic_shared_memory_type = ${await sharedMemoryType()}
# A transaction forgotten open keeps dead rows from being cleaned up.
idle_in_transaction_session_timeout = 10min

# Times are stored and shown in UTC; what a reader sees is made elsewhere.
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'

# We forward the log and add the time ourselves. A statement that fails is reported by whoever issued it.
log_destination = 'stderr'
logging_collector = off
log_line_prefix = ''
log_min_messages = warning
log_min_error_statement = panic

include_if_exists = 'local.conf'
`;
}

const sharedMemoryBytesMin = 512 * 1024 * 1024;

async function sharedMemoryType(): Promise<'posix' | 'mmap'> {
  if (process.platform !== 'linux') return 'posix';
  const room = await statfs('/dev/shm').catch(() => undefined);
  return room !== undefined && room.bsize * room.blocks >= sharedMemoryBytesMin ? 'posix' : 'mmap';
}
