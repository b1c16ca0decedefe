"""The words that English drafts are checked for, as patterns over folded text."""

EFFECTS = {
    "relaxed": r"relax(?:ed|ing|ation|es)?|mellow(?:ing)?|calm(?:ed|ing|s)?|chill(?:ed)?[- ]out",
    "sleepy": r"sleepy|sleepiness|sedat(?:ed|ing|ive)|drows(?:y|iness)|couch[- ]?lock(?:ed|ing)?",
    "happy": r"happy(?! (?:to|hour|hours|birthday|holidays?|new|4/20|420|monday|tuesday|wednesday|thursday|friday|saturday|sunday|you|we|with|that|we'd|about))|happiness|blissful|joyful",
    "euphoric": r"euphori[ac]",
    "uplifted": r"uplift(?:ed|ing|s)?",
    "energetic": r"energ(?:etic|izing|ized|y)|invigorating|stimulat(?:ed|ing)",
    "creative": r"creativ(?:e|ity)",
    "focused": r"focus(?:ed|ing)(?! on)|mental focus|sharp focus",
    "hungry": r"hungry|munchies|hunger",
    "tingly": r"tingl(?:y|ing)",
    "talkative": r"talkative|chatty",
    "giggly": r"giggl(?:y|es)",
    "aroused": r"arous(?:ed|ing)|horny|aphrodisiac",
    "dry mouth": r"dry mouth|cottonmouth",
    "dry eyes": r"dry eyes",
    "dizzy": r"dizz(?:y|iness)",
    "paranoid": r"paranoi(?:d|a)",
    "anxious": r"anxious",
    "headache": r"headaches?",
}

AILMENTS = (
    r"anxiety|insomnia|sleepless\w*|depress(?:ion|ed)|stress(?:ed)?|ptsd|adhd|add symptoms|pain(?:s|ful)?|aches?|sore(?:ness)?|inflamm\w+|nausea"
    r"|migraines?|arthritis|fibromyalgia|seizures?|epilep\w+|cramps?|cramping|spasms?|glaucoma|cancer|tumou?rs?|crohn'?s|ibs|parkinson'?s|alzheimer'?s"
    r"|panic attacks?|bipolar|lack of appetite|loss of appetite|appetite loss|fatigue|chronic (?:pain|illness)|neuropath\w+|menopaus\w+"
    r"|pms|hangovers?|withdrawals?|addiction|autis\w+|sleep (?:disorders?|problems?|issues?|apnea)|hypertension|blood pressure|diabet\w+"
)

HEALTH_CLAIMS = (
    r"\b(?:helps?|helping|aids?|aiding|assists?|promot(?:es?|ing)|improv(?:es?|ing)|supports?|better|great|good|best|ideal|perfect|excellent|works?|working|made)"
    r" (?:you |your |to |with |for |in |well |a |better |great |get |fall |restful |deep )*(?:sleep(?!y)|asleep|rest\b|fall asleep|symptoms?|mood\b|immun\w+|recovery|digestion)",
    r"\b(?:treat(?:s|ing)?|eas(?:es|e|ing)|fights?|fighting|reduc(?:es|e|ing)|manag(?:es|e|ing)|combats?) (?:\w+ ){0,2}(?:symptoms?|conditions?|ailments?|illness(?:es)?|discomfort|tension)",
    r"\b(?:treatment|therap(?:y|eutic\w*|ies)|medicin(?:e|es|al\w*)|medicat(?:e|es|ed|ing|ion|ions)|meds|remed(?:y|ies)|heal(?:s|ing)?|cures|curing \w+|cure (?:for|your|any|all)\b)",
    r"\breliev(?:e|es|ed|ing|er)\b|\brelief\b|\balleviat\w+|\bsooth(?:es?|ing) (?:your|the|sore|aching|muscles?)|\bpainkillers?\b|\bpain[- ]?free\b",
    r"\b(?:health benefits?|good for (?:your health|your body|you\b)|healthy|wellness benefits?|doctor[- ](?:recommended|approved)|clinically|fda\b|non[- ]?addictive|no side effects)",
    r"\b(?:pregnan\w+|breast ?feed\w*)",
)

_STAFF = (
    r"(?:i|we|someone|somebody|staff|a staff member|they"
    r"|(?:a|our|the|one of our) (?:team(?: member)?|staff|manager|budtenders?|person|human|rep|associate|specialist))"
)
_THEN = r"(?:(?:be sure to|make sure to|also|then|gladly|definitely|personally|just|now|soon|shortly) )*"

PROMISES = (
    rf"\b{_STAFF}(?:'ll| will| shall|'m going to|'re going to| (?:are|is|am) going to) {_THEN}"
    r"(?:text|call|ring|phone|message|e-?mail|contact|notify|remind|alert|update|reach out|get back|follow[- ]?up"
    r"|be in touch|be (?:reaching|texting|calling|contacting|messaging)|get in touch|circle back|let you know"
    r"|keep you (?:posted|updated|in the loop)|ask\b|check (?:and|with|on|into)|look into|find out|pass (?:it|this|that|your)"
    r"|forward|send (?:you|it|that|this|over)|get someone|have (?:someone|somebody|a|them|staff))\b(?! us\b)",
    rf"\b{_STAFF} can {_THEN}(?:(?:text|call|ring|message|e-?mail|notify|remind|alert) you"
    r"|have (?:someone|somebody|a \w+|them|staff) )",
    r"\band (?:let you know|get back to you)\b",
    r"\b(?:i|we)(?:'ve| have)? (?:notified|alerted|told|asked|informed|messaged|passed|forwarded|flagged|let)"
    r" (?:\w+ ){0,4}?(?:team|staff|manager|someone|person|budtenders?|along|this|it|them)\b",
    r"\b(?:you'll|you will|you can expect to|expect to) (?:hear (?:from|back)|(?:get|receive) an? (?:text|call|reply|message))"
    r"|\bexpect (?:a|our|an) (?:call|text|reply|message|answer)",
    r"\bstay tuned\b|\bgive (?:me|us) a (?:moment|minute|sec)|\b(?:hold on|one moment)\b"
    r"|\blet me (?:check|find out|look into|ask|get back|confirm)\b",
    r"\b(?:text|call|message) you (?:back|later|when|once|as soon)",
)
"""Announcements of what would happen after this text. A person can keep them; a draft on its own cannot."""

DEALS_DONE = (
    r"\b(?:i|we)(?:'ve| have|'ll| will|'m| am| are|'re| can| could| just)* (?:go ahead and |just |already |now |also |gladly |be )*"
    r"(?:reserv(?:e|ed|ing)|hold(?:ing)?|held|set(?:ting)? (?:it |one |them |some |\w+ )?aside|put(?:ting)? (?:it |one |them |some |\w+ ){0,3}(?:aside|on hold|on reserve)"
    r"|plac(?:e|ed|ing) (?:\w+ ){0,3}order|order(?:ed|ing) (?:it|one|some|that|you|them|for)|book(?:ed|ing)?\b|schedul(?:e|ed|ing)|cancell?(?:ed|ing)?|refund(?:ed|ing)?|deliver(?:ed|ing)? (?:it|that|them|your)"
    r"|add(?:ed|ing)? (?:\w+ ){0,3}(?:to your (?:cart|order|account|tab|points|balance)|points)|appl(?:y|ied|ying) (?:\w+ ){0,3}(?:discount|points|credit|coupon)|credit(?:ed)?|charg(?:e|ed) your|process(?:ed|ing)? (?:your|the)|updat(?:e|ed|ing) your|ship(?:ped|ping)?|save(?:d)? (?:you|it|one) |have (?:it|that|them|one|your \w+) ready)",
    r"\byour (?:order|pickup|pick-up|delivery|reservation|purchase|appointment|refund|payment) (?:\w+ )?(?:is|has been|was|'s|will be) (?:now |all |being |already )?(?:placed|confirmed|ready|on (?:its|the) way|reserved|set|scheduled|out for|received|processed|cancell?ed|complete\w*|shipped|booked|delivered|waiting|prepared|packed)",
    r"\border (?:is )?(?:confirmed|placed|received)\b",
    r"\b(?:it'?s|it is|that'?s|they'?re|one is|is|are|all) (?:now |all )?(?:reserved|on hold|set aside|held|waiting) (?:for you|under your name|at the counter)",
)

GIVEAWAYS = (
    r"(?<![-\w])free(?! (?:to (?!you\b)|of (?!charge)|from|time|range|base|flower strain))(?!-)\b",
    r"\bfree of charge\b|\bfreebies?\b|\bbogo\w*|\bb[1o]g[1o]\b|\bbuy (?:one|1|two|2|three|3)[, -]+(?:and )?get (?:one|1|two|2|three|3|another|a)\b|\b(?:2|two)[- ]for[- ](?:1|one)\b|\b2 ?x ?1\b",
    r"\bgive ?aways?\b|\braffles?\b|\bsweepstakes?\b|\blotter(?:y|ies)\b|\bdoor prizes?\b|\bprizes?\b|\bwin (?:a|an|some|\w+ worth)\b|\benter to win\b|\bcontest\b",
    r"\bon the house\b|\bcomplimentary\b|\bno (?:extra )?(?:charge|cost)\b|\bno cost\b|\bat no charge\b|\bgift with purchase\b|\bour gift\b|\bpenny (?:pre-?rolls?|joints?|deals?)\b|\bfor a penny\b",
)

MINORS = (
    r"\b(?:kids?|child(?:ren)?|teens?|teenagers?|minors?|toddlers?|students?|high school\w*|all ages|family[- ]friendly|kid[- ]friendly|back[- ]to[- ]school)\b",
    r"\bcartoons?\b|\bjust like candy\b|\b(?:tastes?|taste just|looks?) like (?:\w+ )?candy\b|\bcandy[- ]like\b|\btoys?\b|\bplayground\b",
)

UNDERAGE = (
    r"\b(?:18|19|20|eighteen|nineteen|twenty)(?:\+| ?(?:and|or|&) (?:over|older|up|above)|-plus| years? olds? (?:can|may|is|are)|(?: is|'s) (?:ok|okay|fine|enough))",
    r"\b(?:at|over|from|turn(?:ed)?|if you(?:'re| are)|being) (?:age )?(?:18|19|eighteen|nineteen)\b|\b(?:18|19|20) (?:you can|is old enough)",
    r"\bid (?:is ?n'?t|is not) (?:needed|required|necessary)|\bno id (?:needed|required|necessary|check\w*)|\b(?:don'?t|won'?t|do not) (?:need|check|ask for|require) (?:an? |your |any |to (?:show|bring) )*(?:id|identification)\b|\bwithout (?:an? )?id\b",
    r"\bunder ?-?(?:21|twenty[- ]one|age)\b(?! (?:cannot|can'?t|can not|may not|are not|not))",
)
