export const exitCodes = `
Exit codes:
  0    done
  1    it could not be done; one sentence on stderr says why
  130  interrupted by Ctrl+C`;
