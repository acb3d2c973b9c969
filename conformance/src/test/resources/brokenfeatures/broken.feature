Feature: One that cannot be read

  Scenario: A line of it is no step
    When a sealed exchange completes
    nothing of the language begins like this
