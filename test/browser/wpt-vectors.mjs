export const wptCases = () => [];
