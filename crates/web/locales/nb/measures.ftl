# Lista over tiltak.

measures-own = Tiltak du har ansvar for
measures-own-none = Du har ikke ansvar for noen tiltak nå. Får du ansvar for et, står det her.
measures-others = Andre tiltak du kan se
measures-description = Tiltak
measures-state = Status
measures-state-open = Skal gjøres
measures-state-overdue = Skal gjøres, over fristen
measures-state-completed = Gjort, virkningen er ikke bekreftet
measures-state-verified = Gjort, og det virker
measures-review-due = Virkningen skal vurderes nå (frist { $day })
measures-review-later = Virkningen vurderes { $day }
measures-reviewed = Vurdert: { $effect }
measures-due = Frist
measures-owner = Ansvarlig
measures-kind = Type
measures-case = Sak
