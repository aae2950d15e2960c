// fires node(no-process-env)
export const port = process.env['ALLOT_PORT'];
