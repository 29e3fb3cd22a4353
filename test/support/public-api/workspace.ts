// The functions behind the local Public API, their versions, and what each operation does to them.
import {
  check,
  CREATE_BODY,
  LIST_QUERY,
  NO_QUERY,
  PAGE_QUERY,
  Refusal,
  RESTORE_BODY,
  UPDATE_BODY,
  type Order,
  type StoredSetting,
} from './forms';
import { showPage } from './pages';

const WORKSPACE_NAME = 'Example';
const AUTHOR = 'user_jane';

interface StoredVersion {
  readonly id: string;
  readonly code: string;
  readonly author: string;
  readonly createdAt: string;
  readonly deployedAt?: string;
}

export interface StoredFunction {
  readonly id: string;
  readonly resourceType: string;
  readonly displayName: string;
  readonly description: string;
  settings: readonly StoredSetting[];
  /** Oldest first. */
  versions: StoredVersion[];
  /** The ID of the version that the connected instances run. */
  deployed?: string;
}

/** What a new function is made of; the rest has a default. */
export type GivenFunction = Partial<StoredFunction> & { readonly code?: string };

export interface WorkspaceOptions {
  /** How many items a page has at most, whatever is asked for. */
  readonly pageLimit?: number;
  /**
   * What deploys a function, which Segment's reference leaves open: each save of it (then the call to deploy is refused,
   * as one for source functions only), or the call alone.
   */
  readonly deploysOn?: 'save' | 'call';
  /** How many times a function is read after a deploy before what it shows is not the state before it any more. */
  readonly readsUntilShown?: number;
  /** Leaves `isLatestVersion` out, which Segment's reference allows. */
  readonly omitsIsLatestVersion?: boolean;
}

export interface Workspace {
  readonly functions: readonly StoredFunction[];
  /** Adds a function that was deployed long ago. */
  readonly add: (given: GivenFunction) => StoredFunction;
  /** Saves code as a new version. */
  readonly save: (saved: StoredFunction, code: string) => StoredVersion;
  /** Deploys the latest version. */
  readonly deploy: (deployed: StoredFunction) => void;
  /**
   * Does what an order says.
   *
   * @returns the answer's `data`.
   * @throws Refusal
   */
  readonly carryOut: (order: Order<'functions'>) => object;
}

export function createWorkspace({
  pageLimit = 1000,
  deploysOn = 'save',
  readsUntilShown = 0,
  omitsIsLatestVersion = false,
}: WorkspaceOptions): Workspace {
  const functions: StoredFunction[] = [];
  /** What is shown of functions whose last deployment is not shown yet, by their ID. */
  const late = new Map<string, { readonly deployed: string | undefined; reads: number }>();
  let ids = 0;
  let minutes = 0;

  const nextId = (prefix: string) => `${prefix}_${`${(ids += 1)}`.padStart(8, '0')}`;
  /** A minute later each time, so that the output is the same in each run. */
  const now = () => new Date(Date.UTC(2026, 10, 20, 10, (minutes += 1))).toISOString();
  const latestVersion = ({ versions }: StoredFunction) => versions.at(-1);

  function create({ code = 'async function onTrack() {}', ...given }: GivenFunction): StoredFunction {
    const { displayName = 'A function', resourceType = 'DESTINATION' } = given;
    const suffix = resourceType === 'SOURCE' ? '' : ` (${WORKSPACE_NAME})`;
    const added: StoredFunction = {
      id: nextId('dfn'),
      resourceType,
      description: '',
      settings: [],
      versions: [],
      ...given,
      displayName: `${displayName}${suffix}`,
    };
    save(added, code);
    functions.push(added);
    return added;
  }
  function add(given: GivenFunction): StoredFunction {
    const added = create(given);
    deploy(added);
    late.delete(added.id);
    return added;
  }
  function save(saved: StoredFunction, code: string): StoredVersion {
    const version = { id: nextId('ver'), code, author: AUTHOR, createdAt: now() };
    saved.versions = [...saved.versions, version];
    return version;
  }
  function deploy(deployed: StoredFunction): void {
    const id = latestVersion(deployed)?.id;
    if (readsUntilShown > 0) late.set(deployed.id, { deployed: deployed.deployed, reads: readsUntilShown });
    const deployedAt = now();
    deployed.versions = deployed.versions.map((one) => (one.id === id ? { ...one, deployedAt } : one));
    if (id !== undefined) deployed.deployed = id;
  }

  /** The ID of the version that is shown as deployed. */
  function shownAsDeployed({ id, deployed }: StoredFunction): string | undefined {
    const before = late.get(id);
    return before === undefined ? deployed : before.deployed;
  }
  /** Shows a function once more, which brings it nearer to its real state. */
  function readFunction(read: StoredFunction): object {
    const answer = showFunction(read);
    const before = late.get(read.id);
    if (before !== undefined) before.reads -= 1;
    if (before?.reads === 0) late.delete(read.id);
    return answer;
  }

  function showFunction(shown: StoredFunction): object {
    const { versions, ...rest } = shown;
    const deployed = shownAsDeployed(shown);
    const version = versions.find(({ id }) => id === deployed);
    return {
      ...rest,
      // JSON has no undefined: what runs is shown by the fields below.
      deployed: undefined,
      workspaceId: 'workspace',
      code: latestVersion(shown)?.code,
      createdAt: versions[0]?.createdAt,
      createdBy: AUTHOR,
      ...(!omitsIsLatestVersion && {
        isLatestVersion: deployed !== undefined && deployed === latestVersion(shown)?.id,
      }),
      deployedAt: version?.deployedAt ?? null,
    };
  }
  const showVersion = (shown: StoredVersion, owner: StoredFunction): object => ({
    ...shown,
    isDeployed: shown.id === shownAsDeployed(owner),
  });
  const deployIfSaved = (saved: StoredFunction): void => {
    if (deploysOn === 'save') deploy(saved);
  };
  function findFunction(id: string): StoredFunction {
    const found = functions.find((one) => one.id === id);
    if (found === undefined) throw new Refusal(404, `function ${id} was not found`);
    return found;
  }
  function findVersion({ versions }: StoredFunction, id: string): StoredVersion {
    const found = versions.find((one) => one.id === id);
    if (found === undefined) throw new Refusal(404, `version ${id} was not found`);
    return found;
  }

  function carryOut({ operation, id, versionId, query, body }: Order<'functions'>): object {
    if (operation !== 'list' && operation !== 'listVersions') check(NO_QUERY, query);
    switch (operation) {
      case 'workspace':
        return { workspace: { id: 'workspace', slug: 'example', name: WORKSPACE_NAME } };
      case 'list': {
        const { resourceType } = check(LIST_QUERY, query);
        const listed = functions
          .filter((one) => one.resourceType === resourceType)
          .map(({ id, displayName }) => ({ id, resourceType, displayName, createdBy: AUTHOR }));
        const { items, pagination } = showPage(listed, query, pageLimit);
        return { functions: items, pagination };
      }
      case 'create': {
        const { code, displayName, settings = [], description = '', resourceType } = check(CREATE_BODY, body);
        const created = create({ code, displayName, settings, description, resourceType });
        deployIfSaved(created);
        return { function: showFunction(created) };
      }
      case 'get':
        return { function: readFunction(findFunction(id)) };
      case 'update': {
        const updated = findFunction(id);
        const { code, settings } = check(UPDATE_BODY, body);
        if (code !== undefined) save(updated, code);
        if (settings !== undefined) updated.settings = settings;
        deployIfSaved(updated);
        return { function: showFunction(updated) };
      }
      case 'deploy':
        if (deploysOn === 'save') throw new Refusal(400, 'only applicable to Source Function instances');
        deploy(findFunction(id));
        return { functionDeployment: { status: 'SUCCESS' } };
      case 'listVersions': {
        const found = findFunction(id);
        const versions = found.versions.map((one) => showVersion(one, found));
        const { items, pagination } = showPage(versions, check(PAGE_QUERY, query), pageLimit);
        return { versions: items, pagination };
      }
      case 'getVersion': {
        const found = findFunction(id);
        return { version: showVersion(findVersion(found, versionId), found) };
      }
      case 'restore': {
        const found = findFunction(id);
        const { code } = findVersion(found, check(RESTORE_BODY, body).versionId);
        const restored = save(found, code);
        deployIfSaved(found);
        return { version: showVersion(restored, found) };
      }
    }
  }

  return { functions, add, save, deploy, carryOut };
}
