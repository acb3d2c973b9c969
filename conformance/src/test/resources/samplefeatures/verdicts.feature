Feature: Every way in which a scenario can end

  Rule: A scenario ends by itself

    @AAA-01 @must @core
    Scenario: It passes
      When a sealed exchange completes

    @AAA-02 @must @core
    Scenario: It fails
      When a sealed exchange completes
      Then the check fails

    @AAA-03 @should @core
    Scenario: It fails a SHOULD
      When a sealed exchange completes
      Then the check fails

    @AAA-04 @may @core
    Scenario: It fails a MAY
      When a sealed exchange completes
      Then the check fails

    @AAA-05 @must @core
    Scenario: It is not run
      When the twin fails

    @AAA-06 @must @core
    Scenario: It does not apply
      When the capability is missing

    @AAA-07 @must @core
    Scenario: It hangs
      When the target is silent

    @AAA-10 @must @core
    Scenario: It passes without a sealed exchange
      Then nothing is wrong

    @AAA-12 @must @core
    Scenario: It warns
      When a sealed exchange completes
      Then another code than in the table is seen

    @AAA-20 @must @hardened
    Scenario: It fails with a wrapped exception
      Then the check fails inside another exception

    @AAA-22 @must @hardened
    Scenario: It passes, and a sibling warns
      When a sealed exchange completes

    @AAA-01 @must @core
    Scenario: It warns about another row
      When a sealed exchange completes
      Then a warning about "AAA-22" is noted

    @AAA-13 @must @hardened
    Scenario Outline: It depends on <capability>
      When a sealed exchange completes with the capability <capability>

      Examples:
        | capability |
        | present    |
        | missing    |

    @AAA-23 @must @hardened
    Scenario Outline: One row of two fails
      When a sealed exchange completes
      Then the number is 1, not <number>

      Examples:
        | number |
        | 1      |
        | 2      |

  Rule: The suite is wrong

    @AAA-08 @must @core
    Scenario: It has an undefined step
      When nobody knows what to do

    @AAA-09 @must @core
    Scenario: It has an ambiguous step
      When two steps fit

    @AAA-11 @must @core
    Scenario: It breaks
      When a sealed exchange completes
      Then the suite has a bug

    @AAA-24 @must @hardened
    Scenario: It is aborted
      When a sealed exchange completes
      Then the test is aborted

    @AAA-21 @should @hardened
    Scenario: It is tagged with another level than the ledger's
      When a sealed exchange completes

    @ZZZ-99 @must @core
    Scenario: It names an unknown requirement
      When a sealed exchange completes
