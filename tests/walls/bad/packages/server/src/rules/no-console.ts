// fires eslint(no-console)
console.log('started');
