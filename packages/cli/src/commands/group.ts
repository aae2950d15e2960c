import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { askingCommand } from '../leaf-command.ts';
import type { CommonOptions } from '../leaf-command.ts';
import { licenseChangeNote, licenseChangeOptions } from '../license-change.ts';
import { wholeNumber } from '../whole-number.ts';
import { assignToGroup, reprocessGroup } from './group/change-group.ts';
import type { AssignToGroupOptions, ReprocessGroupOptions } from './group/change-group.ts';
import { deleteGroup, restoreGroup } from './group/delete-group.ts';
import type { DeleteGroupOptions } from './group/delete-group.ts';
import { followRule, type FollowRuleOptions } from './group/follow-rule.ts';
import { listGroupErrors } from './group/list-group-errors.ts';
import { listGroups } from './group/list-groups.ts';
import type { ListGroupsOptions } from './group/list-groups.ts';
import { listMembers } from './group/list-members.ts';
import type { ListMembersOptions } from './group/list-members.ts';
import { showGroup } from './group/show-group.ts';

export function groupCommands(program: Command, io: Io): void {
  const group = program.command('group').summary('groups and their licenses').description('Groups and their licenses.');
  const which = 'display name or id';

  askingCommand(group, 'list', {
    summary: 'list groups with their products',
    more: '--filter is Microsoft Graph’s $filter; only one of the conditions can be given.',
    examples: ['group list --licensed', 'group list --errors --csv', "group list --search 'sales'"],
  })
    .option('--deleted', 'groups that are deleted and can be restored')
    .option('--licensed', 'only groups that have licenses')
    .option('--errors', 'only groups with members in error')
    .option('--filter <filter>', 'only groups that match')
    .option('--search <text>', 'only groups whose name begins so')
    .option('--limit <number>', 'at most so many', wholeNumber)
    .action((options: ListGroupsOptions) => listGroups(options, io));

  askingCommand(group, 'show', {
    summary: 'show a group, its licenses and how far they are processed',
    more: '--csv prints the licenses.',
    examples: ["group show 'Sales Europe'"],
  })
    .argument('<group>', which)
    .action((name: string, options: CommonOptions) => showGroup(name, options, io));

  licenseChangeOptions(
    askingCommand(group, 'assign', {
      summary: 'assign products to a group, or take them away',
      more:
        `${licenseChangeNote}\n\n` +
        'The group is accepted or refused at once; its members are processed in the background. With --wait the command ' +
        'ends when they are. Members in error do not make it fail: see `allot group errors`.',
      examples: [
        "group assign 'Sales Europe' --add ENTERPRISEPACK --disable YAMMER_ENTERPRISE,SWAY --wait",
        "group assign 'Sales Europe' --remove STANDARDPACK --add ENTERPRISEPACK",
      ],
    }),
  )
    .argument('<group>', which)
    .option('--wait', 'until all members are processed')
    .action((name: string, options: AssignToGroupOptions) => assignToGroup(name, options, io));

  askingCommand(group, 'members', {
    summary: 'list the members of a group',
    examples: ["group members 'Sales Europe' --csv", "group members 'Sales Europe' --errors"],
  })
    .argument('<group>', which)
    .option('--errors', 'only members who are in error because of this group')
    .option('--limit <number>', 'at most so many', wholeNumber)
    .action((name: string, options: ListMembersOptions) => listMembers(name, options, io));

  askingCommand(group, 'errors', {
    summary: 'say why members of a group are in error, by cause',
    examples: ["group errors 'Sales Europe'", "group errors 'Sales Europe' --json"],
  })
    .argument('<group>', which)
    .action((name: string, options: CommonOptions) => listGroupErrors(name, options, io));

  askingCommand(group, 'reprocess', {
    summary: 'settle the licenses of all members of a group again, now',
    examples: ["group reprocess 'Sales Europe' --wait"],
  })
    .argument('<group>', which)
    .option('--wait', 'until all members are processed')
    .action((name: string, options: ReprocessGroupOptions) => reprocessGroup(name, options, io));

  ruleCommand(group, which, io);
  deletingCommands(group, which, io);
}

function deletingCommands(group: Command, which: string, io: Io): void {
  askingCommand(group, 'delete', {
    summary: 'delete a group; it can be restored for 30 days',
    more:
      'A group with licenses is refused without --remove-licenses. With it the group goes when its members have lost its licenses; ' +
      'what one of them still needs becomes direct, or keeps the group until that is solved (setting onGroupDelete).',
    examples: ["group delete 'Sales Europe'", "group delete 'Sales Europe' --remove-licenses --wait"],
  })
    .argument('<group>', which)
    .option('--remove-licenses', 'take its licenses away first')
    .option('--wait', 'until it is gone, or all members are processed')
    .action((name: string, options: DeleteGroupOptions) => deleteGroup(name, options, io));

  askingCommand(group, 'restore', {
    summary: 'restore a deleted group with its members, without licenses',
    examples: ["group restore 'Sales Europe'"],
  })
    .argument('<group>', which)
    .action((name: string, options: CommonOptions) => restoreGroup(name, options, io));
}

function ruleCommand(group: Command, which: string, io: Io): void {
  askingCommand(group, 'rule', {
    summary: 'show, change, pause or test the rule that the members of a group follow',
    more:
      'A group that gets a rule keeps those of its members whom the rule names; one that loses its rule (--static) keeps them all. ' +
      'The rule is followed in the background. docs/membership-rules.md has the language.',
    examples: [
      "group rule 'Sales Europe'",
      "group rule 'Sales Europe' --set 'user.department -eq \"Sales\"' --dry-run",
      "group rule 'Sales Europe' --test mia.obrien@contoso.example",
    ],
  })
    .argument('<group>', which)
    .option('--set <rule>', 'the rule to follow from now on')
    .option('--dry-run', 'with --set: only tell what it would do')
    .option('--test <user>', 'what the rule, or that of --set, says of a user, part by part')
    .option('--pause', 'follow the rule no more, until --resume')
    .option('--resume', 'follow the rule again')
    .option('--static', 'take the rule away; the members stay')
    .action((name: string, options: FollowRuleOptions) => followRule(name, options, io));
}
