SELECT article, meaning FROM ref.subject_refusal WHERE refusal = $1
