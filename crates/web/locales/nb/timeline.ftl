# Det som har skjedd i en sak, setning for setning.

timeline-deviation_reported = Avviket ble meldt ({ $channel })
timeline-information_added = Melderen la til mer
timeline-case_found_severe = Meldingen ble regnet som alvorlig
timeline-case_received = Saken ble tatt imot. { $handler } behandler den
timeline-case_reclassified = Saken ble flyttet til { $category }, { $unit }
timeline-measures-dropped = { $count ->
    [one] Ett tiltak fra den forrige kategorien falt bort
   *[other] { $count } tiltak fra den forrige kategorien falt bort
}
timeline-duties_ended = Klokker som gikk, ble stanset fordi saken ble avsluttet
timeline-person_involved = { $person } ble ført opp som involvert
timeline-awareness_established = Tidspunktet vi ble klar over bruddet, ble satt til { $aware }
timeline-deadline_stage_reached = { $remaining } eller mindre igjen til fristen { $due }
timeline-overdue = Fristen { $due } gikk ut
timeline-reporter_asked = Melderen fikk et spørsmål
timeline-reporter_answered = Melderen svarte
timeline-case_assessed = Risikoen ble vurdert (vurdering { $version }). Råd: { $outcome }
timeline-authority_decided = Avgjort: { $decision }
timeline-authority_notified = Bruddet ble meldt til { -authority } { $sent }
timeline-notification_supplemented = { -authority } fikk et tillegg til meldingen { $sent }
timeline-notification_withdrawn = Meldingen til { -authority } ble trukket tilbake { $sent }
timeline-notification_drafted = Teksten til { -authority } ble endret (versjon { $version })
timeline-people_decided = Avgjort: { $decision }
timeline-measure_proposed = { $kind } foreslått, med frist { $due }
timeline-measure_completed = Et tiltak ble gjennomført
timeline-measure_verified = Det ble bekreftet at et tiltak virker
timeline-somebody-erased = En slettet person
timeline-without-effect = Et tiltak viste seg ikke å virke, og er åpnet igjen
timeline-memo_drafted = Saksframlegget ble skrevet (utkast { $version })
timeline-passages_exempted = Det ble merket hva som er unntatt offentlighet i saksframlegget: { $count ->
    [0] ingenting
    [one] én passasje
   *[other] { $count } passasjer
}
timeline-memo_submitted = Saksframlegget ble sendt til behandlingsansvarlig (versjon { $version })
timeline-case_returned = Saken ble sendt tilbake
timeline-case_closed = Saken ble lukket
timeline-closed_as_not_a_deviation = Saken ble lukket fordi den ikke er et avvik
timeline-case_reopened = Saken ble åpnet på nytt
timeline-duties_judged = Pliktene ble vurdert
timeline-duty = { $duty } (regel versjon { $version })
timeline-duty-yes = Gjelder, med frist { $due }
timeline-duty-unknown = Kan gjelde, i så fall med frist { $due }
timeline-duty-no = Gjelder ikke
timeline-duty-ended = Avsluttet { $at }
timeline-duty-stage = { $remaining } eller mindre igjen til fristen { $due }: { $duty }
timeline-duty-overdue = Fristen { $due } gikk ut: { $duty }
timeline-facts_established = Hva vi vet om saken, ble oppdatert (versjon { $version })
timeline-severity_overridden = { $factor } ble satt til { $value }
timeline-severity-of-method = { $factor }: metodens egen verdi gjelder igjen
timeline-duty_fulfilled = Utført { $at }: { $duty }
timeline-person_erased = Opplysninger om en person ble slettet ({ $part })
timeline-case_erased = Alle personopplysninger i saken ble slettet
timeline-fulfilment_withdrawn = Ikke utført likevel: { $duty }
timeline-measure_withdrawn = Et tiltak ble trukket tilbake
timeline-involvement_withdrawn = Det ble tatt tilbake at noen var involvert
timeline-audit_granted = { $person } fikk innsyn i saken som revisor, til { $until }
timeline-audit_revoked = Innsynet { $person } hadde i saken som revisor, ble trukket tilbake
timeline-opening_reviewed = Det ble fulgt opp at { $person } åpnet saken utenfor rollen sin (til { $until })
timeline-case_opened_outside_role = { $person } åpnet saken utenfor rollen sin, og ser den til { $until }
timeline-case_assigned = Saken ble gitt til { $handler }
timeline-people_told = De det gjelder, ble varslet { $told }
timeline-attachment_added = Et vedlegg ble lagt ved: { $name }
timeline-inquiry_made = { $who } fikk et spørsmål
timeline-inquiry_link_made = En hemmelig lenke til et spørsmål ble laget
timeline-inquiry_reminded-before_due = Den som er spurt, ble minnet om at svaret snart trengs
timeline-inquiry_reminded-due = Den som er spurt, ble minnet om at svaret trengs nå
timeline-inquiry_answered = Et spørsmål ble besvart
timeline-inquiry_withdrawn = Et spørsmål ble trukket tilbake
timeline-contribution_given = Bidrag fra { $role } (versjon { $version })
timeline-note_added = Et notat ble skrevet
timeline-measure_reminded-before_due = Den ansvarlige ble minnet om et tiltak som snart har frist
timeline-measure_reminded-due = Fristen for et tiltak gikk ut
timeline-measure_reminded-escalated = Behandlingsansvarlig fikk vite at et tiltak ikke er gjort i tide
timeline-effect_review_due = Det er tid for å se hva et tiltak har ført til
timeline-effect_reviewed = Virkningen av et tiltak ble vurdert: { $effect }
timeline-case_referred = En del av saken ble sendt videre
timeline-letter-incoming = Det kom et brev fra tilsynsmyndigheten
timeline-letter-outgoing = Et brev ble sendt til tilsynsmyndigheten
timeline-case_linked = Saken ble koblet til sak { $number }: avviket gjentar seg
timeline-duplicate_taken_in = Sak { $number } gjaldt det samme, og fortsetter i denne saken
timeline-case_merged = Saken fortsetter i sak { $number }
