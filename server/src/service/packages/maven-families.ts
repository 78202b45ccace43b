/** Packages of Maven that have one version together, and which version of them a release of Spring Boot brings along. */

export interface Family {
  /** All packages of this group are released together. */
  readonly group: string;
  /** Properties by which a project says the version, the first one that is set. */
  readonly properties: readonly string[];
  /** From this release of Spring Boot on it is this version, up to the next row. */
  readonly ofSpringBoot: readonly (readonly [boot: string, version: string])[];
}

/**
 * As `spring-boot-dependencies` of these releases says: the first of each line, and those in which something changed that counts
 * for CORS. https://docs.spring.io/spring-boot/appendix/dependency-versions/index.html
 */
export const families: readonly Family[] = [
  {
    group: 'org.springframework',
    properties: [
      'spring-framework.version',
      'spring.version',
      'springframework.version',
      'org.springframework.version',
    ],
    ofSpringBoot: [
      ['1.0.0', '4.0.3'],
      ['1.1.0', '4.0.5'],
      ['1.2.0', '4.1.3'],
      ['1.3.0', '4.2.3'],
      ['1.4.0', '4.3.2'],
      ['1.5.0', '4.3.6'],
      ['2.0.0', '5.0.4'],
      ['2.1.0', '5.1.2'],
      ['2.2.0', '5.2.0'],
      ['2.3.0', '5.2.6'],
      ['2.4.0', '5.3.1'],
      ['2.4.6', '5.3.7'],
      ['2.6.0', '5.3.13'],
      ['2.7.0', '5.3.20'],
      ['3.0.0', '6.0.2'],
      ['3.1.0', '6.0.9'],
      ['3.2.0', '6.1.1'],
      ['3.3.0', '6.1.8'],
      ['3.3.5', '6.1.14'],
      ['3.4.0', '6.2.0'],
      ['3.5.0', '6.2.7'],
      ['4.0.0', '7.0.1'],
    ],
  },
  {
    group: 'org.springframework.security',
    properties: ['spring-security.version'],
    ofSpringBoot: [
      ['1.0.0', '3.2.3'],
      ['1.3.0', '4.0.3'],
      ['1.4.0', '4.1.1'],
      ['1.5.0', '4.2.1'],
      ['2.0.0', '5.0.3'],
      ['2.1.0', '5.1.1'],
      ['2.2.0', '5.2.0'],
      ['2.3.0', '5.3.2'],
      ['2.4.0', '5.4.1'],
      ['2.5.0', '5.5.0'],
      ['2.6.0', '5.6.0'],
      ['2.7.0', '5.7.1'],
      ['3.0.0', '6.0.0'],
      ['3.1.0', '6.1.0'],
      ['3.2.0', '6.2.0'],
      ['3.3.0', '6.3.0'],
      ['3.4.0', '6.4.1'],
      ['3.5.0', '6.5.0'],
      ['4.0.0', '7.0.0'],
    ],
  },
  { group: 'io.vertx', properties: ['vertx.version', 'vertx-stack-depchain.version'], ofSpringBoot: [] },
  { group: 'org.http4s', properties: [], ofSpringBoot: [] },
  { group: 'io.javalin', properties: ['javalin.version'], ofSpringBoot: [] },
];
