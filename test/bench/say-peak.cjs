// Loaded before a program whose memory is measured. https://nodejs.org/api/process.html#processresourceusage
process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS} KB\n`));
